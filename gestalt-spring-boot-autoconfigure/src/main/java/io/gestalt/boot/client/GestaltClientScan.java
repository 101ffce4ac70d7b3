package io.gestalt.boot.client;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the interfaces that are marked with {@link GestaltClient} in the packages of the
 * application. Meant to be imported by an auto-configuration.
 */
public final class GestaltClientScan implements ImportBeanDefinitionRegistrar {

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final ResourceLoader resourceLoader;

	public GestaltClientScan(BeanFactory beanFactory, Environment environment, ResourceLoader resourceLoader) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.resourceLoader = resourceLoader;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
		if (!AutoConfigurationPackages.has(this.beanFactory)) {
			return;
		}
		InterfaceScanner scanner = new InterfaceScanner(this.environment);
		scanner.setResourceLoader(this.resourceLoader);
		scanner.addExcludeFilter(testsOfOthers());
		for (String basePackage : AutoConfigurationPackages.get(this.beanFactory)) {
			for (BeanDefinition found : scanner.findCandidateComponents(basePackage)) {
				register(String.valueOf(found.getBeanClassName()), registry);
			}
		}
	}

	/** As component scanning does: what a test declares for itself is not for all. */
	private TypeExcludeFilter testsOfOthers() {
		TypeExcludeFilter filter = new TypeExcludeFilter();
		filter.setBeanFactory(this.beanFactory);
		return filter;
	}

	private void register(String className, BeanDefinitionRegistry registry) {
		Class<?> type = ClassUtils.resolveClassName(className, this.resourceLoader.getClassLoader());
		RootBeanDefinition definition = new RootBeanDefinition(GestaltClientFactory.class);
		definition.setTargetType(ResolvableType.forClassWithGenerics(GestaltClientFactory.class, type));
		// the name, for code generated ahead of time cannot refer to a package-private
		// type
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, className);
		String name = StringUtils.uncapitalizeAsProperty(ClassUtils.getShortName(className));
		registry.registerBeanDefinition(registry.containsBeanDefinition(name) ? className : name, definition);
	}

	private static final class InterfaceScanner extends ClassPathScanningCandidateComponentProvider {

		InterfaceScanner(Environment environment) {
			super(false, environment);
			addIncludeFilter(new AnnotationTypeFilter(GestaltClient.class, false, true));
		}

		@Override
		protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
			return definition.getMetadata().isInterface() && definition.getMetadata().isIndependent()
					&& !definition.getMetadata().isAnnotation();
		}

	}

}
