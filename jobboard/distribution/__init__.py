"""Sending the word out: site maps, feeds for other job boards, pictures for links that people share."""
