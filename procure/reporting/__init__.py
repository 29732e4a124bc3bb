"""What a report says of a log that was judged: findings grouped and counted, explained, and put into words."""
