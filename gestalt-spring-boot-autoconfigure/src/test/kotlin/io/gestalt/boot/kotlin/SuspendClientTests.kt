package io.gestalt.boot.kotlin

import io.gestalt.boot.TestEndpoints
import io.gestalt.boot.client.ClientDeclarationException
import io.gestalt.boot.client.GestaltClient
import io.gestalt.boot.client.GestaltClientFactory
import io.gestalt.dispatch.Listener
import io.gestalt.endpoint.EndpointException
import io.gestalt.endpoint.RequestTimeoutException
import io.gestalt.message.Peer
import io.gestalt.message.SendException
import java.time.Duration
import java.util.Optional
import java.util.concurrent.CompletableFuture
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.reflect.KClass
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import reactor.core.publisher.Mono

@Timeout(30)
class SuspendClientTests {

	private val endpoints = TestEndpoints()

	private val received = LinkedBlockingQueue<String>()

	@AfterEach
	fun close() = endpoints.close()

	@Test
	fun aFunctionIsARequest() = runBlocking<Unit> {
		val client = client(RareClient::class)
		assertThat(client.must(Order("a"))).isEqualTo(Receipt("a"))
		assertThat(client.perhaps(Order("b"))).isEqualTo(Receipt("b"))
		assertThat(client.ask(Order("generic"))).isEqualTo(Receipt("generic"))
		assertThat(client.together(listOf(Order("c"), Order("d")))).containsExactly(Receipt("c"), Receipt("d"))
		assertThat(client.twice(Order("e"))).containsExactly(Receipt("e"), Receipt("e"))
	}

	@Test
	fun manyRequestsAreInFlightOnOneThread() = runBlocking<Unit> {
		val client = client(OrdersClient::class)
		val replies = (0 until 100).map { async { client.place(Order("$it")) } }.awaitAll()
		assertThat(replies).containsExactlyElementsOf((0 until 100).map { Receipt("$it") })
	}

	@Test
	fun anEmptyReplyIsNullOrAFailure() = runBlocking<Unit> {
		val client = client(RareClient::class)
		assertThat(client.perhaps(Order("empty"))).isNull()
		assertThat(failure { client.must(Order("empty")) }).isInstanceOf(EndpointException::class.java)
			.hasMessage("Endpoint 'orders-client' got an empty reply, "
					+ "but 'RareClient.must' returns a io.gestalt.boot.kotlin.Receipt")
		assertThat(failure { client.number(Order("empty")) }).isInstanceOf(EndpointException::class.java)
	}

	@Test
	fun aFunctionWithoutResultSends() = runBlocking<Unit> {
		val client = client(OrdersClient::class)
		val nothing: Any = client.send(Order("send"))
		assertThat(nothing).isSameAs(Unit)
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("send")
	}

	@Test
	fun aTimeoutNamesTheEndpoint() = runBlocking<Unit> {
		val client = client(OrdersClient::class, Duration.ofMillis(200))
		assertThat(failure { client.place(Order("never")) }).isInstanceOf(RequestTimeoutException::class.java)
			.hasMessageContaining("Endpoint 'orders-client' got no reply within")
	}

	@Test
	fun aServerThatClosesFailsTheRequest() = runBlocking<Unit> {
		val client = client(OrdersClient::class)
		assertThat(failure { client.place(Order("close")) }).isInstanceOf(SendException::class.java)
	}

	@Test
	fun aCallerMayGiveUp() = runBlocking<Unit> {
		val client = client(OrdersClient::class)
		val call = async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) { client.place(Order("never")) }
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("never")
		call.cancel()
		call.join()
		assertThat(call.isCancelled).isTrue()
	}

	@Test
	fun functionsThatCannotBeMessagesAreNamed() {
		endpoints.client("orders-client", endpoints.openServer(listener()), Duration.ofSeconds(5))
		val wrong = listOf(ManyReplies::class, ManyLater::class, WrappedReply::class, WrappedTwice::class)
		for (type in wrong) {
			assertThatExceptionOfType(Exception::class.java).isThrownBy { refresh(type) }
				.havingRootCause()
				.isInstanceOf(ClientDeclarationException::class.java)
				.withMessageStartingWith("Client method 'SuspendClientTests.${type.simpleName}.ask' returns '")
		}
		assertThatExceptionOfType(Exception::class.java).isThrownBy { refresh(TwoPayloads::class) }
			.havingRootCause()
			.withMessage("Client method 'SuspendClientTests.TwoPayloads.ask' has 2 parameters, one can be the payload")
	}

	private suspend fun failure(call: suspend () -> Any?): Throwable? = runCatching { call() }.exceptionOrNull()

	private fun <T : Any> client(type: KClass<T>, timeout: Duration = Duration.ofSeconds(10)): T {
		endpoints.client("orders-client", endpoints.openServer(listener()), timeout)
		return refresh(type)
	}

	private fun <T : Any> refresh(type: KClass<T>): T =
		endpoints.refresh({ it.registerBean("client", GestaltClientFactory::class.java, type.java) }).getBean(type.java)

	private fun listener() = Listener.of(Any::class.java) { payload, context -> reply(payload, context.peer()) }

	private fun reply(payload: Any, peer: Peer): Any? {
		if (payload is List<*>) {
			return payload.map { Receipt(id(it)) }
		}
		received.add(id(payload))
		return when (id(payload)) {
			"empty" -> TestEndpoints.EMPTY
			"never" -> CompletableFuture<Any>()
			"close" -> {
				peer.close()
				null
			}
			"send" -> null
			else -> Receipt(id(payload))
		}
	}

	private fun id(order: Any?) = (order as Map<*, *>)["id"] as String

	@GestaltClient("orders-client")
	interface ManyReplies {

		fun ask(order: Order): Flow<Receipt>

	}

	@GestaltClient("orders-client")
	interface ManyLater {

		suspend fun ask(order: Order): Flow<Receipt>

	}

	@GestaltClient("orders-client")
	interface WrappedReply {

		suspend fun ask(order: Order): Mono<Receipt>

	}

	@GestaltClient("orders-client")
	interface WrappedTwice {

		suspend fun ask(order: Order): Optional<Receipt>

	}

	@GestaltClient("orders-client")
	interface TwoPayloads {

		suspend fun ask(one: Order, two: Order): Receipt

	}

}
