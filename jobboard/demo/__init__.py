"""Demo data: employers, postings, coders and what they sent, as readable files in `data/`, and what loads them.

`data/employers/<slug>/` holds an employer and its postings, `data/people/` everybody who is on no team. Ages in the
files count in days back (`days_old`) or ahead (`closes_in`) from the moment of loading.
"""
