"""What an employer asks of every candidate: questions, and a coding exercise whose answer is compared code by code."""
