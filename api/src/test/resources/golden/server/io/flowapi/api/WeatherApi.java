package io.flowapi.api;

import io.flowapi.api.model.*;
import io.flowapi.platform.http.Caller;
import io.flowapi.platform.http.IdempotencyKey;
import io.flowapi.platform.http.Input;
import io.flowapi.platform.http.MergePatch;
import io.flowapi.platform.http.Operation;
import io.flowapi.platform.http.Refusal;
import io.flowapi.platform.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operations of the tag {@code Weather}, as the document declares them. */
public interface WeatherApi {

    /** Whether there is wind. */
    GetWeatherReply getWeather(GetWeatherCall call);

    /** What the router needs to know of each operation. */
    static List<Operation> operations(WeatherApi api) {
        return List.of(
                new Operation("getWeather", "GET", "/weather", false, false, null, null,
                        (caller, input) -> api.getWeather(GetWeatherCall.of(input)))
        );
    }

    /** The typed request of {@code getWeather}. */
    record GetWeatherCall(
            @Nullable String place
    ) {
        static GetWeatherCall of(Input input) {
            return new GetWeatherCall(
                    input.query("place", String.class)
            );
        }
    }

    /** Every answer {@code getWeather} may decide on; what all operations share is decided before it is called. */
    sealed interface GetWeatherReply extends Reply {

        /** Wind. */
        record R200(Weather body) implements GetWeatherReply {
            @Override
            public int status() {
                return 200;
            }
        }

        /** No wind. */
        record R503(Weather body) implements GetWeatherReply {
            @Override
            public int status() {
                return 503;
            }
        }
    }
}
