package io.gestalt.boot.kotlin

import io.gestalt.boot.TestEndpoints
import io.gestalt.boot.annotation.GestaltHandler
import io.gestalt.boot.annotation.GestaltListener
import io.gestalt.boot.annotation.ListenerDeclarationException
import io.gestalt.boot.annotation.ListenerDeclarationException.Problem
import io.gestalt.dispatch.Listener
import io.gestalt.endpoint.TcpServerEndpoint
import io.gestalt.message.Counter
import io.gestalt.message.Message
import io.gestalt.message.MessageContext
import io.gestalt.message.Peer
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Supplier
import kotlin.reflect.KClass
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.aopalliance.intercept.MethodInterceptor
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.ValueSource
import org.springframework.aop.framework.ProxyFactory
import org.springframework.aot.hint.RuntimeHints
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar
import org.springframework.messaging.handler.annotation.Header
import org.springframework.messaging.handler.annotation.SendTo
import reactor.core.publisher.Mono

@Timeout(30)
class SuspendListenerTests {

	private val endpoints = TestEndpoints()

	@AfterEach
	fun close() = endpoints.close()

	@Test
	fun repliesWhenAFunctionIsDone() {
		val server = endpoints.server("orders")
		endpoints.refresh(Warehouse::class.java, Orders::class.java)
		assertThat(ask(server, Order("a"))).isEqualTo(Receipt("a"))
	}

	@ParameterizedTest
	@ValueSource(strings = ["at-once", "peer", "message", "context", "header", "default", "many", "mono"])
	fun givesAFunctionWhatItAsksFor(name: String) {
		Parameters.NAMES.forEach(endpoints::server)
		endpoints.refresh(Parameters::class.java)
		assertThat(ask(endpoints.get(name) as TcpServerEndpoint, Order("a"))).isEqualTo(Receipt("a"))
	}

	@Test
	fun readsAndRepliesWithGenericTypes() {
		val server = endpoints.server("list")
		endpoints.refresh(Lists::class.java)
		assertThat(endpoints.openClient(server).request(listOf(Order("a"), Order("b")), Array<Receipt>::class.java).get())
			.containsExactly(Receipt("a"), Receipt("b"))
	}

	@Test
	fun choosesHandlersByTheirPayload() {
		val server = endpoints.typedServer("typed")
		endpoints.refresh(Typed::class.java)
		val client = endpoints.openClient(server)
		assertThat(client.request(Message(Order("a"), 7, mapOf()), Receipt::class.java).get()).isEqualTo(Receipt("a"))
	}

	@Test
	fun sendsNothingBackWithoutAResult() {
		val server = endpoints.server("silent")
		val silent = endpoints.refresh(Silent::class.java).getBean(Silent::class.java)
		val client = endpoints.openClient(server)
		listOf("a", "", "b").forEach { client.send(Order(it)) }
		assertThat(silent.received.poll(10, TimeUnit.SECONDS)).isEqualTo("a")
		assertThat(silent.received.poll(10, TimeUnit.SECONDS)).isEqualTo("b")
		assertThat(server.counters()[Counter.HANDLER_FAILED]).isEqualTo(1)
		assertThat(server.counters()[Counter.SENT]).isZero()
		assertThat(client.counters()[Counter.DISCONNECTED]).`as`("one without replies stays open").isZero()
	}

	@Test
	fun aFailureClosesWhereAReplyWouldBeMissing() {
		val server = endpoints.server("orders")
		endpoints.refresh(Warehouse::class.java, Orders::class.java)
		val client = endpoints.openClient(server)
		val reply = client.request(Order("a", 0), Receipt::class.java)
		assertThat(reply).failsWithin(Duration.ofSeconds(10))
		assertThat(server.counters()[Counter.HANDLER_FAILED]).isEqualTo(1)
	}

	@Test
	fun knowsWhichPayloadsMayBeNull() {
		Nullability.NAMES.forEach(endpoints::server)
		val received = endpoints.refresh(Nullability::class.java).getBean(Nullability::class.java).received
		endpoints.openClient(endpoints.get("perhaps") as TcpServerEndpoint).send(null)
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("null")
		val server = endpoints.get("must") as TcpServerEndpoint
		val client = endpoints.openClient(server)
		client.send(null)
		client.send(Order("a"))
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("a")
		assertThat(server.counters()[Counter.HANDLER_FAILED]).isEqualTo(1)
	}

	@Test
	fun handlesTheNextMessageOfAPeerWhenAFunctionIsDone() {
		val server = endpoints.server("gated")
		val gated = endpoints.refresh(Gated::class.java).getBean(Gated::class.java)
		val client = endpoints.openClient(server)
		val replies = (0 until 100).map { client.request(Order("$it"), Receipt::class.java) }
		assertThat(gated.started.poll(10, TimeUnit.SECONDS)).isEqualTo("0")
		gated.gate.complete(Unit)
		replies.forEachIndexed { i, reply -> assertThat(reply.get(10, TimeUnit.SECONDS)).isEqualTo(Receipt("$i")) }
		assertThat(gated.started).containsExactlyElementsOf((1 until 100).map { "$it" })
		assertThat(gated.most).`as`("at the same time").isEqualTo(1)
	}

	@Test
	fun sendsResultsToAnotherEndpoint() {
		val arrived = LinkedBlockingQueue<Receipt>()
		val target = endpoints.openServer(Listener.of(Receipt::class.java) { receipt, _ ->
			arrived.add(receipt)
			null
		})
		endpoints.client("target", target, Duration.ofSeconds(5))
		val server = endpoints.server("forward")
		endpoints.refresh(Forward::class.java)
		endpoints.openClient(server).send(Order("a"))
		assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Receipt("a"))
		assertThat(server.counters()[Counter.SENT]).isZero()
	}

	@Test
	fun callsAFunctionThroughTheProxyAroundItsBean() {
		val server = endpoints.server("proxied")
		val calls = LinkedBlockingQueue<String>()
		endpoints.refresh({ context ->
			context.registerBean(Proxied::class.java, Supplier {
				val factory = ProxyFactory(Proxied())
				factory.isProxyTargetClass = true
				factory.addAdvice(MethodInterceptor {
					calls.add(it.method.name)
					it.proceed()
				})
				factory.proxy as Proxied
			})
		})
		assertThat(ask(server, Order("a"))).isEqualTo(Receipt("a"))
		assertThat(calls).containsExactly("place")
	}

	@Test
	fun refusesWhatDoesNotFitIntoOneReply() {
		endpoints.server("plain")
		assertRefused(Flows::class, "SuspendListenerTests.Flows.on(Order)", "kotlinx.coroutines.flow.Flow<")
		assertRefused(SuspendedFlow::class, "SuspendListenerTests.SuspendedFlow.on(Order)", "kotlinx.coroutines.flow.Flow<")
		assertRefused(Later::class, "SuspendListenerTests.Later.on(Order)", "kotlinx.coroutines.Deferred<")
		assertRefused(SuspendedFuture::class, "SuspendListenerTests.SuspendedFuture.on(Order)",
				"java.util.concurrent.CompletableFuture<")
	}

	@Test
	fun keepsPayloadsInANativeImage() {
		val hints = RuntimeHints()
		ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Lists::class.java)
		val types = hints.reflection().typeHints().map { it.type.simpleName }
		assertThat(types).contains("Order", "Receipt").doesNotContain("Continuation")
	}

	private fun assertRefused(type: KClass<*>, method: String, result: String) {
		assertThatExceptionOfType(ListenerDeclarationException::class.java)
			.isThrownBy { endpoints.refresh(type.java) }
			.withMessageStartingWith("Listener '$method' returns '$result")
			.withMessageEndingWith("', which does not fit into one reply")
			.satisfies({ assertThat(it.problem()).isEqualTo(Problem.MANY_RESULTS) })
	}

	private fun ask(server: TcpServerEndpoint, order: Order): Receipt =
		endpoints.openClient(server).request(order, Receipt::class.java).get(10, TimeUnit.SECONDS)

	class Parameters {

		@GestaltListener("at-once")
		suspend fun atOnce(order: Order) = Receipt(order.id)

		@GestaltListener("peer")
		suspend fun peer(peer: Peer, order: Order): Receipt {
			yield()
			return Receipt(order.id).also { checkNotNull(peer.address()) }
		}

		@GestaltListener("message")
		suspend fun message(message: Message<Order>): Receipt {
			yield()
			return Receipt(message.payload().id)
		}

		@GestaltListener("context")
		suspend fun context(order: Order, context: MessageContext): Receipt {
			yield()
			return Receipt(order.id).also { checkNotNull(context.peer()) }
		}

		@GestaltListener("header")
		suspend fun header(order: Order, @Header("none") none: String?): Receipt {
			yield()
			return Receipt(order.id).also { check(none == null) }
		}

		@GestaltListener("default")
		suspend fun default(order: Order, @Header("none") none: String = "default"): Receipt {
			yield()
			return Receipt(order.id).also { check(none == "default") }
		}

		@GestaltListener("many")
		suspend fun many(peer: Peer, order: Order, context: MessageContext, message: Message<Order>): Receipt {
			yield()
			return Receipt(order.id).also { check(context.peer() === peer && message.payload() == order) }
		}

		@GestaltListener("mono")
		suspend fun mono(order: Order): Mono<Receipt> {
			yield()
			return Mono.just(Receipt(order.id))
		}

		companion object {

			val NAMES = listOf("at-once", "peer", "message", "context", "header", "default", "many", "mono")

		}

	}

	class Lists {

		@GestaltListener("list")
		suspend fun list(orders: List<Order>): List<Receipt> {
			yield()
			return orders.map { Receipt(it.id) }
		}

	}

	@GestaltListener("typed")
	class Typed {

		@GestaltHandler(7)
		suspend fun place(order: Order): Message<Receipt> {
			yield()
			return Message(Receipt(order.id), 8, mapOf())
		}

	}

	class Silent {

		val received = LinkedBlockingQueue<String>()

		@GestaltListener("silent")
		suspend fun on(order: Order) {
			yield()
			require(order.id.isNotEmpty())
			received.add(order.id)
		}

	}

	class Nullability {

		val received = LinkedBlockingQueue<String>()

		@GestaltListener("perhaps")
		suspend fun perhaps(order: Order?) {
			yield()
			received.add("${order?.id}")
		}

		@GestaltListener("must")
		suspend fun must(order: Order) {
			yield()
			received.add(order.id)
		}

		companion object {

			val NAMES = listOf("perhaps", "must")

		}

	}

	class Gated {

		val gate = CompletableDeferred<Unit>()

		val started = LinkedBlockingQueue<String>()

		@Volatile
		var most = 0

		private val running = AtomicInteger()

		@GestaltListener("gated")
		suspend fun on(order: Order): Receipt {
			most = maxOf(most, running.incrementAndGet())
			started.add(order.id)
			gate.await()
			withContext(Dispatchers.Default) { yield() }
			running.decrementAndGet()
			return Receipt(order.id)
		}

	}

	class Forward {

		@GestaltListener("forward")
		@SendTo("target")
		suspend fun on(order: Order): Receipt {
			yield()
			return Receipt(order.id)
		}

	}

	open class Proxied {

		@GestaltListener("proxied")
		open suspend fun place(order: Order): Receipt {
			yield()
			return Receipt(order.id)
		}

	}

	class Flows {

		@GestaltListener("plain")
		fun on(order: Order): Flow<Receipt> = flowOf(Receipt(order.id))

	}

	class SuspendedFlow {

		@GestaltListener("plain")
		suspend fun on(order: Order): Flow<Receipt> = flowOf(Receipt(order.id)).also { yield() }

	}

	class Later {

		@GestaltListener("plain")
		fun on(order: Order): Deferred<Receipt> = CompletableDeferred(Receipt(order.id))

	}

	class SuspendedFuture {

		@GestaltListener("plain")
		suspend fun on(order: Order): CompletableFuture<Receipt> =
			CompletableFuture.completedFuture(Receipt(order.id)).also { yield() }

	}

}
