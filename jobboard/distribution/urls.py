"""Addresses of this app."""

from django.urls import path

from jobboard.distribution import boards, crawlers, pictures

urlpatterns = [
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("sitemaps/<slug:name>-<int:number>.xml", crawlers.sitemap_part, name="sitemap_part"),
    path("feeds/indeed.xml", boards.indeed, name="indeed_feed"),
    path("feeds/linkedin.xml", boards.linkedin, name="linkedin_feed"),
    path("picture.png", pictures.site, name="site_picture"),
    path("jobs/<int:pk>/picture.png", pictures.posting, name="posting_picture"),
]
