"""What a reader is told of a log that was judged: findings grouped and counted, explained, and put into words."""
