package io.flowapi.events;

import io.flowapi.api.model.EventData;
import io.flowapi.api.model.Mode;
import java.util.UUID;

/**
 * A resource after a change.
 *
 * @param sequence how many events it has had with this one; counted in the resource's own row
 * @param data what the API shows of it now, which holds no secret
 */
public record ChangedResource(UUID userId, Mode mode, UUID id, int sequence, EventData data) {}
