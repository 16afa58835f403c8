"""What keeps the board honest: the desk, what a posting is looked over for, reports, and reasons ready to use."""
