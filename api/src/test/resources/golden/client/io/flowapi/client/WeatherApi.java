package io.flowapi.client;

import io.flowapi.client.model.*;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the tag {@code Weather}.
 *
 * <p>Every method throws {@link FlowApiException} when the server refuses and {@link FlowConnectionException} when no
 * answer came, after the retries of {@link FlowClient}.
 */
public final class WeatherApi {

    private final WithRawResponse raw;

    WeatherApi(Transport transport) {
        this.raw = new WithRawResponse(transport);
    }

    /** The same operations, for a caller that wants the status and the headers of the answer too. */
    public WithRawResponse withRawResponse() {
        return raw;
    }

    /** Whether there is wind. */
    public Weather getWeather() {
        return getWeather(GetWeatherQuery.builder().build());
    }

    /** Whether there is wind. */
    public Weather getWeather(RequestOptions options) {
        return getWeather(GetWeatherQuery.builder().build(), options);
    }

    /** Whether there is wind. */
    public Weather getWeather(GetWeatherQuery query) {
        return getWeather(query, RequestOptions.none());
    }

    /** Whether there is wind. */
    public Weather getWeather(GetWeatherQuery query, RequestOptions options) {
        return raw.getWeather(query, options).value();
    }

    /** The operations of {@link WeatherApi}, with the whole answer. */
    public static final class WithRawResponse {

        private final Transport transport;

        private WithRawResponse(Transport transport) {
            this.transport = transport;
        }

        /** Whether there is wind. */
        public FlowResponse<Weather> getWeather() {
            return getWeather(GetWeatherQuery.builder().build());
        }

        /** Whether there is wind. */
        public FlowResponse<Weather> getWeather(RequestOptions options) {
            return getWeather(GetWeatherQuery.builder().build(), options);
        }

        /** Whether there is wind. */
        public FlowResponse<Weather> getWeather(GetWeatherQuery query) {
            return getWeather(query, RequestOptions.none());
        }

        /** Whether there is wind. */
        public FlowResponse<Weather> getWeather(GetWeatherQuery query, RequestOptions options) {
            Call call = new Call("GET", "/weather")
                    .query("place", query.place)
                    .answer(503);
            return transport.send(call, options, Weather.class);
        }
    }

    /** The optional query parameters of {@code getWeather}. */
    public static final class GetWeatherQuery {
        private final @Nullable String place;

        private GetWeatherQuery(Builder builder) {
            this.place = builder.place;
        }

        public static Builder builder() {
            return new Builder();
        }

        /** A builder that starts from these values, for the next page say. */
        public Builder toBuilder() {
            Builder builder = new Builder();
            builder.place = place;
            return builder;
        }

        public static final class Builder {
            private @Nullable String place;

            private Builder() {}

            /** Where. */
            public Builder place(@Nullable String place) {
                this.place = place;
                return this;
            }

            public GetWeatherQuery build() {
                return new GetWeatherQuery(this);
            }
        }
    }
}
