"""Values as people write them: words in two languages, money, dates, counts. No procurement in them."""
