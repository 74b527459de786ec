"""Serves Slack's deliveries in HTTP mode, health and metrics, and limits who may connect."""
