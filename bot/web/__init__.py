"""The web server: Slack's deliveries in HTTP mode, health and metrics, and who may connect."""
