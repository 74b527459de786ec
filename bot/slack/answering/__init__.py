"""What every feature answers with: accepts, refuses, explains, and says it to one person."""
