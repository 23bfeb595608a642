package io.github.awssecrets.actuator;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import tools.jackson.databind.json.JsonMapper;

/**
 * What this JVM tells by JMX.
 */
final class ManagedBeans {

	private ManagedBeans() {
	}

	/**
	 * Read all attributes of all managed beans, and call all operations of endpoints that
	 * read and need no argument.
	 * @return what they answer, by the names of bean and attribute or operation
	 */
	static Map<String, String> read() {
		MBeanServer server = ManagementFactory.getPlatformMBeanServer();
		Map<String, String> values = new LinkedHashMap<>();
		for (ObjectName name : new ArrayList<>(server.queryNames(null, null))) {
			try {
				for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
					values.put(name + "/" + attribute.getName(), read(server, name, attribute));
				}
				for (MBeanOperationInfo operation : server.getMBeanInfo(name).getOperations()) {
					if ("Endpoint".equals(name.getKeyProperty("type")) && operation.getSignature().length == 0
							&& operation.getImpact() == MBeanOperationInfo.INFO) {
						values.put(name + "/" + operation.getName(), JsonMapper.shared()
							.writeValueAsString(server.invoke(name, operation.getName(), null, null)));
					}
				}
			}
			catch (JMException ex) {
				values.put(name.toString(), String.valueOf(ex));
			}
		}
		return values;
	}

	private static String read(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
		try {
			Object value = server.getAttribute(name, attribute.getName());
			return (value instanceof Object[] array) ? Arrays.deepToString(array) : String.valueOf(value);
		}
		catch (JMException | RuntimeException ex) {
			return String.valueOf(ex);
		}
	}

}
