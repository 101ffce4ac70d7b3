package io.gestalt.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A shop with endpoints of all kinds. */
@SpringBootApplication
public class ShopApplication {

}
