package io.gestalt.benchmarks.workload;

/**
 * The payload of JSON workloads. Its components are in alphabetical order, so that every
 * mapper writes the bytes that it read.
 *
 * @param id sequence number, 16 hexadecimal digits
 * @param price a fraction
 * @param quantity a whole number
 * @param text padding up to the size of the workload
 */
public record Order(String id, double price, int quantity, String text) {

}
