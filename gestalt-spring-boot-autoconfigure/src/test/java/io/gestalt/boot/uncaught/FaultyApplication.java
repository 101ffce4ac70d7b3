package io.gestalt.boot.uncaught;

import java.util.concurrent.CompletableFuture;

import io.gestalt.boot.annotation.GestaltListener;
import io.gestalt.boot.timer.GestaltTimer;
import io.gestalt.frame.Frame;
import io.gestalt.frame.FrameCodec;
import io.gestalt.frame.LineFrameCodec;
import io.netty.buffer.ByteBuf;

import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/** An application whose parts fail in ways that nobody handles. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class FaultyApplication {

	public static void main(String[] args) {
		new SpringApplicationBuilder(FaultyApplication.class).web(WebApplicationType.NONE).run(args);
	}

	@Bean
	Clerk clerk() {
		return new Clerk();
	}

	@Bean
	@ConditionalOnProperty("gestalt.tcp.server.later.port")
	Later later() {
		return new Later();
	}

	@Bean
	@ConditionalOnProperty("gestalt.amqp.subscriber.ticks.queue-name")
	Ticks ticks() {
		return new Ticks();
	}

	@Bean
	@ConditionalOnProperty("gestalt.amqp.responder.desk.service")
	Desk counter() {
		return new Desk();
	}

	@Bean
	FrameCodec faulty() {
		return new FaultyFrameCodec(new LineFrameCodec(1000));
	}

	static class Clerk {

		@GestaltListener("orders")
		String order(String text) {
			return switch (text.strip()) {
				case "overflow" -> order("overflow") + order("overflow");
				case "memory" -> String.valueOf(new long[Integer.MAX_VALUE].length);
				default -> text.strip();
			};
		}

		@GestaltTimer(value = "poll", interval = "1h", initialDelay = "1h")
		void poll() {
			throw new StackOverflowError("Failed timer");
		}

		@EventListener
		void exits(ExitCodeEvent event) {
			System.out.println("Exit code event " + event.getExitCode());
		}

	}

	static class Later {

		@GestaltListener("later")
		CompletableFuture<String> later(String text) {
			return CompletableFuture.supplyAsync(() -> {
				throw new AssertionError("Failed later");
			});
		}

	}

	static class Ticks {

		@GestaltListener("ticks")
		void tick(String text) {
			throw new NoClassDefFoundError("Missing");
		}

	}

	static class Desk {

		@GestaltListener("desk")
		String serve(String text) {
			throw new NoClassDefFoundError("Missing");
		}

	}

	/** Finds frames, but for those that begin with a question mark. */
	record FaultyFrameCodec(FrameCodec delegate) implements FrameCodec {

		@Override
		public boolean read(ByteBuf in, Frame frame) {
			if (in.isReadable() && in.getByte(in.readerIndex()) == '?') {
				throw new IllegalStateException("Failed codec");
			}
			return this.delegate.read(in, frame);
		}

		@Override
		public void begin(ByteBuf out) {
			this.delegate.begin(out);
		}

		@Override
		public void end(ByteBuf out, int start, int type) {
			this.delegate.end(out, start, type);
		}

	}

}
