"""Before: is this draft safe, and in the right voice?"""
