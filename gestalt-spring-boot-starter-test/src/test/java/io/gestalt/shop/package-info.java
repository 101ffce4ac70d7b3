/** An application to be tested. */
package io.gestalt.shop;
