package io.gestalt.boot.failed;

import io.gestalt.failed.FailedMessageEvent;
import io.gestalt.failed.FailedMessages;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;

/** Makes audit events of what is done with failed messages. */
@AutoConfiguration(after = FailedMessagesAutoConfiguration.class)
@ConditionalOnClass(AuditApplicationEvent.class)
@ConditionalOnBean(FailedMessages.class)
public final class FailedMessageAuditAutoConfiguration {

	@Bean
	ApplicationListener<PayloadApplicationEvent<FailedMessageEvent>> gestaltFailedMessageAudit(
			ApplicationEventPublisher publisher) {
		return new FailedMessageAudit(publisher);
	}

}
