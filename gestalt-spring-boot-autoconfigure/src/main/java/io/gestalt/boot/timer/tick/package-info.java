/**
 * What makes timers tick in an application: Spring's schedulers, cron expressions.
 */
@NullMarked
package io.gestalt.boot.timer.tick;

import org.jspecify.annotations.NullMarked;
