"""What coding jobs pay: figures over live and past postings that state it."""
