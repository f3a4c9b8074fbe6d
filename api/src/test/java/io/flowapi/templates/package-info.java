/** What the generator templates make of a small document that has every shape once. */
package io.flowapi.templates;
