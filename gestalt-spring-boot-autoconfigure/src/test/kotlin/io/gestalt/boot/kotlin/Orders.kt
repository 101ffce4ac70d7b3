package io.gestalt.boot.kotlin

import io.gestalt.boot.annotation.GestaltHandler
import io.gestalt.boot.annotation.GestaltListener
import io.gestalt.boot.client.GestaltClient
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

data class Order(val id: String, val quantity: Int = 1)

data class Receipt(val id: String)

/** Stands for a data base or another service, which answers later. */
class Warehouse {

	suspend fun reserve(order: Order) = withContext(Dispatchers.Default) {
		yield()
		require(order.quantity > 0) { "Nothing is ordered" }
	}

}

class Orders(private val warehouse: Warehouse) {

	@GestaltListener("orders")
	suspend fun place(order: Order): Receipt {
		warehouse.reserve(order)
		return Receipt(order.id)
	}

}

@GestaltClient("orders-client")
interface OrdersClient {

	suspend fun place(order: Order): Receipt

	suspend fun send(order: Order)

}

@GestaltClient("orders-client")
interface RareClient : Asking<Order, Receipt> {

	suspend fun together(orders: List<Order>): List<Receipt>

	suspend fun perhaps(order: Order): Receipt?

	suspend fun must(order: Order): Receipt

	suspend fun number(order: Order): Int

	suspend fun twice(order: Order): List<Receipt> = listOf(ask(order), ask(order))

}

@GestaltClient("orders-client")
interface LonelyClient {

	suspend fun ask(order: Order): Receipt

}

interface Asking<Q, A> {

	suspend fun ask(question: Q): A

}
