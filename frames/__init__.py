"""Economic frames: what an a-kasse may spend under an agreement."""
