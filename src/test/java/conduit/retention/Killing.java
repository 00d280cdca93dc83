package conduit.retention;

import javax.sql.DataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A database that fails from the given statement on, as it does for a process that is killed there. */
final class Killing {

    private int left;
    private final DataSource source;

    Killing(DataSource real, int statements) {
        left = statements;
        source = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                    Object result = call(real, method, args);
                    return result instanceof Connection connection ? counted(connection) : result;
                });
    }

    DataSource source() {
        return source;
    }

    boolean killed() {
        return left < 0;
    }

    private Connection counted(Connection real) {
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("prepareStatement") || method.getName().equals("createStatement")
                            || method.getName().equals("commit")) {
                        left--;
                        if (left < 0) {
                            throw new SQLException("killed");
                        }
                    }
                    return call(real, method, args);
                });
    }

    private static Object call(Object on, java.lang.reflect.Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
