package io.gestalt.shop;

public record Reading(String sensor, double value) {
}
