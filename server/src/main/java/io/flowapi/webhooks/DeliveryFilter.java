package io.flowapi.webhooks;

import io.flowapi.api.model.DeliveryStatus;
import io.flowapi.api.model.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which deliveries are listed; null asks for all. */
record DeliveryFilter(
        @Nullable DeliveryStatus status,
        @Nullable EventType eventType,
        @Nullable Instant from,
        @Nullable Instant to) {}
