package io.gestalt.boot.ssl;

import java.util.List;

import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PrincipalRulesTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			CN=fleet-*            | CN=fleet-7                     | true
			CN=fleet-*            | CN=fleet-                      | true
			cn=fleet-*            | CN=fleet-7,O=Example           | true
			CN=fleet-*            | CN=afleet-7                    | false
			CN=fleet-*            | O=fleet-7                      | false
			CN=fleet-*            | CN=mallory,OU="x,CN=fleet-7"   | false
			CN=fleet-*            | CN=mallory,OU=CN\\=fleet-7     | false
			CN=fleet-*,O=Example  | CN=fleet-7,OU=Vans,O=Example   | true
			CN=fleet-*,O=Example  | CN=fleet-7,O=Other             | false
			CN=fleet-*,O=Example  | CN=fleet-7                     | false
			CN=*.example.org      | CN=a.example.org               | true
			CN=*.example.org      | CN=aexampleXorg                | false
			CN=Fleet              | CN=fleet                       | false
			CN=fleet.7            | CN=fleetx7                     | false
			CN=fleet-*            | CN=apple+CN=fleet-7            | true
			CN=fleet-*+CN=van     | CN=fleet-7                     | false
			CN=fleet-*+CN=van     | CN=fleet-7+CN=van              | true
			""")
	void comparesAttributesOneByOne(String rule, String name, boolean allowed) {
		assertThat(new PrincipalRules(List.of(rule)).test(new X500Principal(name))).isEqualTo(allowed);
	}

	@Test
	void oneRuleIsEnoughAndNobodyIsNoName() {
		PrincipalRules rules = new PrincipalRules(List.of("CN=a", "CN=b"));
		assertThat(rules.test(new X500Principal("CN=b"))).isTrue();
		assertThat(rules.test(new X500Principal("CN=c"))).isFalse();
		assertThat(rules.test(null)).isFalse();
		assertThat(rules.test(() -> "no distinguished name")).isFalse();
	}

	@Test
	void refusesWhatIsNoRule() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PrincipalRules(List.of("fleet-*")))
			.withMessage("'fleet-*' is no distinguished name");
		assertThatIllegalArgumentException().isThrownBy(() -> new PrincipalRules(List.of("")))
			.withMessage("rule '' names no attribute");
	}

}
