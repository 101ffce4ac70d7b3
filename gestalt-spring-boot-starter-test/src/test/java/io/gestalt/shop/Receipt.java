package io.gestalt.shop;

public record Receipt(String id) {
}
