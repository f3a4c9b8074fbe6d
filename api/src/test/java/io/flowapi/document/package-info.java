/** The rules the document keeps, so that what is made from it keeps them too. */
package io.flowapi.document;
