"""Contact courses: the facts the law asks for, and the duties it answers with."""
