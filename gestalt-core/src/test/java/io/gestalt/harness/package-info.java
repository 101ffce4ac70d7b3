/** What tests of conversations share: endpoints, peers with bad manners, patience. */
package io.gestalt.harness;
