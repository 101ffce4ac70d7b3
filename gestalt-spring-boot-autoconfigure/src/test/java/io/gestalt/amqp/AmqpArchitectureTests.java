package io.gestalt.amqp;

import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The drawing of the packages of AMQP, made executable: arrows point downward only. */
@AnalyzeClasses(packages = "io.gestalt.amqp", importOptions = DoNotIncludeTests.class)
class AmqpArchitectureTests {

	private static final String ROOT = "io.gestalt.amqp";

	@ArchTest
	static final ArchRule connectionsKnowNobody = reach("connection");

	@ArchTest
	static final ArchRule contentKnowsNobody = reach("content");

	@ArchTest
	static final ArchRule topologyKnowsConnections = reach("topology", "connection");

	@ArchTest
	static final ArchRule settingsKnowWhatTheyHold = reach("settings", "content", "topology", "connection");

	@ArchTest
	static final ArchRule channelsKnowNoMessages = reach("channel", "settings", "topology", "connection");

	@ArchTest
	static final ArchRule publishingAndConsumingAreBrothers = reach("publish", "channel", "settings", "content",
			"topology", "connection");

	@ArchTest
	static final ArchRule stateOfConsumptionKnowsNobody = reach("consume.state");

	@ArchTest
	static final ArchRule consumersNeedNoKeptChannel = reach("consume", "consume.state", "settings", "content",
			"topology", "connection");

	@ArchTest
	static final ArchRule receivingKnowsNoRequests = reach("receive", "publish", "consume", "settings", "content",
			"topology", "connection");

	@ArchTest
	static final ArchRule requestsKnowNoSubscribers = reach("rpc", "consume", "channel", "settings", "content",
			"topology", "connection");

	@ArchTest
	static final ArchRule thereAreNoCycles = slices().matching("io.gestalt.(**)").should().beFreeOfCycles();

	@ArchTest
	static final ArchRule everyPackageIsDrawn = classes().should()
		.resideInAnyPackage(ROOT, ROOT + ".connection", ROOT + ".content", ROOT + ".topology", ROOT + ".settings",
				ROOT + ".channel", ROOT + ".publish", ROOT + ".consume", ROOT + ".consume.state", ROOT + ".receive",
				ROOT + ".rpc");

	@ArchTest
	static final ArchRule ofSpringOnlySpringAmqpIsKnown = noClasses().should()
		.dependOnClassesThat(
				resideInAnyPackage("org.springframework..").and(not(resideInAnyPackage("org.springframework.amqp.."))));

	@ArchTest
	static final ArchRule autoConfigurationIsNotKnown = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.gestalt.boot..");

	@ArchTest
	static final ArchRule exceptionsAreOurs = classes().that()
		.areAssignableTo(RuntimeException.class)
		.should()
		.beAssignableTo("io.gestalt.message.GestaltException");

	private static ArchRule reach(String name, String... others) {
		String own = ROOT + "." + name;
		String[] allowed = Stream.concat(Stream.of(own), Stream.of(others).map((other) -> ROOT + "." + other))
			.toArray(String[]::new);
		DescribedPredicate<JavaClass> foreign = resideInAnyPackage(ROOT + "..").and(not(resideInAnyPackage(allowed)));
		return noClasses().that()
			.resideInAPackage(own)
			.should()
			.dependOnClassesThat(foreign)
			.as("package '%s' may depend on %s only".formatted(name, List.of(others)));
	}

}
