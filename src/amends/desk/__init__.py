"""People at a screen: pages for each room, the frame around them, and live updates."""
