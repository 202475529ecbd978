"""What a teacher shows and hands out: replays, explanations, handouts, lessons. Pages that need no server and no network."""
