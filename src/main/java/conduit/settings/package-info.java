/** What operators set: {@code application.properties}, overridden by the environment and by system properties. */
package conduit.settings;
