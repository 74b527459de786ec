"""The same job on job libraries, as their users would write it; each is a process of its own."""
