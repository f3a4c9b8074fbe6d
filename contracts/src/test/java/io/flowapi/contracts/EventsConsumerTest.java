package io.flowapi.contracts;

import static io.flowapi.contracts.Interaction.ID;
import static io.flowapi.contracts.Interaction.given;
import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import io.flowapi.client.EventsApi.ListEventsQuery;
import io.flowapi.client.NotFoundException;
import io.flowapi.client.PermissionDeniedException;
import io.flowapi.client.model.EventType;
import io.flowapi.client.model.PostStatus;
import io.flowapi.client.model.ProblemCode;
import org.junit.jupiter.api.Test;

class EventsConsumerTest {

    private static final String EVENTS = "/v1/events";
    private static final String ONE = EVENTS + "/${eventId}";

    private static final ListEventsQuery OF_POSTS =
            ListEventsQuery.builder().type(EventType.POST_SCHEDULED).limit(1).build();

    private static void event(LambdaDslObject event) {
        event.uuid("id", ID);
        event.stringValue("type", "post.scheduled");
        Bodies.time(event, "timestamp");
        event.uuid("resourceId", ID);
        event.integerType("sequence", 1);
        event.object(
                "data",
                data -> data.object("post", post -> Bodies.post("scheduled").accept(post)));
    }

    @Test
    void reads_what_happened() {
        given("a scheduled post")
                .get("listEvents", EVENTS)
                .query("type=post.scheduled&limit=1")
                .answers(200, body -> {
                    body.minArrayLike("data", 1, EventsConsumerTest::event);
                    body.booleanType("hasMore", false);
                })
                .to(flow -> assertThat(flow.events().listEvents(OF_POSTS).data())
                        .allSatisfy(event -> {
                            assertThat(event.type()).isEqualTo(EventType.POST_SCHEDULED);
                            assertThat(event.data().post().status()).isEqualTo(PostStatus.SCHEDULED);
                        }));
    }

    @Test
    void reads_one_event() {
        given("an event of a scheduled post")
                .get("getEvent", ONE)
                .answers(200, EventsConsumerTest::event)
                .to(flow -> assertThat(flow.events().getEvent(ID).sequence()).isEqualTo(1));
    }

    @Test
    void is_told_that_there_is_no_such_event() {
        given("nothing with this id")
                .get("getEvent of an unknown event", EVENTS + "/" + ID)
                .refuses(404, ProblemCode.NOT_FOUND)
                .to(NotFoundException.class, flow -> flow.events().getEvent(ID));
    }

    @Test
    void is_told_that_its_key_may_not_read_them() {
        given("an API key that may only create keys")
                .get("listEvents without the scope", EVENTS)
                .refuses(403, ProblemCode.INSUFFICIENT_SCOPE)
                .to(PermissionDeniedException.class, flow -> flow.events().listEvents());
    }
}
