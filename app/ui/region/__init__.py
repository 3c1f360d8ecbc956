"""The pages of a region's file: returns taken in, the board, and what the region sees over all districts."""
