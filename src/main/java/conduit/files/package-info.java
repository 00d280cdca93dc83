/** Requests and answers as files: what a file in the inbox is, when it is whole, and where its answer goes. */
package conduit.files;
