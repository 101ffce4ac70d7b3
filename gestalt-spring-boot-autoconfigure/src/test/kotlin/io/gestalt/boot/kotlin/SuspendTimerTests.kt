package io.gestalt.boot.kotlin

import io.gestalt.boot.codec.CodecAutoConfiguration
import io.gestalt.boot.endpoint.EndpointAutoConfiguration
import io.gestalt.boot.lifecycle.LifecycleAutoConfiguration
import io.gestalt.boot.timer.GestaltTimer
import io.gestalt.boot.timer.TimerAutoConfiguration
import io.gestalt.boot.timer.lifecycle.TimerLifecycleAutoConfiguration
import io.gestalt.timer.Timer
import io.gestalt.timer.Timers
import kotlinx.coroutines.CompletableDeferred
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration
import org.springframework.boot.test.context.runner.ApplicationContextRunner

@Timeout(30)
class SuspendTimerTests {

	private val runner = ApplicationContextRunner()
		.withConfiguration(
			AutoConfigurations.of(
				SslAutoConfiguration::class.java, CodecAutoConfiguration::class.java,
				EndpointAutoConfiguration::class.java, LifecycleAutoConfiguration::class.java,
				TimerAutoConfiguration::class.java, TimerLifecycleAutoConfiguration::class.java
			)
		)

	@Test
	fun aRunLastsUntilTheFunctionIsDone() {
		runner.withBean(Poller::class.java).run { context ->
			val timer = context.getBean(Timers::class.java).find("poll")!!
			await().until { timer.counts().skipped() > 2 }
			assertThat(timer.runs()).isOne()
			context.getBean(Poller::class.java).end.complete(Unit)
			await().until { timer.runs() > 3 }
		}
	}

	@Test
	fun whatAFunctionThrowsIsTheLastError() {
		runner.withBean(Failing::class.java).run { context ->
			val timer = context.getBean(Timers::class.java).find("fail")!!
			await().until { timer.lastError() is IllegalStateException }
			assertThat(timer.lastError()).hasMessage("fail")
		}
	}

	class Poller {

		val end = CompletableDeferred<Unit>()

		@GestaltTimer("poll", interval = "5ms")
		suspend fun poll() {
			end.await()
		}

	}

	class Failing {

		@GestaltTimer("fail", interval = "5ms")
		suspend fun fail(timer: Timer) {
			throw IllegalStateException(timer.name())
		}

	}

}
