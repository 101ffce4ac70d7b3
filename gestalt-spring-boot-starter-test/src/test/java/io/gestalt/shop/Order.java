package io.gestalt.shop;

public record Order(String id, int quantity) {
}
