"""During: are we reproached, how badly, and how fast?"""
