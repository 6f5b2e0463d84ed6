"""Later: what would have caught it, what did it cost, does it come back?"""
