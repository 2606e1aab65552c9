"""What an a-kasse sends of its members: read, compared with what is known, and taken in."""
