namespace PortAudit.Traffic.Records;

/// <summary>The course of a flow, which no verdict rests on: its proving frames, when its bytes passed, how its packets
/// came, how many were recorded twice, what of its TCP streams did not come once and in order, and in which frames it
/// used what it carried.</summary>
public static class FlowCourse
{
    /// <summary>The flow without its course.</summary>
    public static FlowRecord Without(FlowRecord flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return ReferenceEquals(flow.Extras, FlowExtras.None)
            ? flow
            : flow with
            {
                Extras = flow.Extras with
                {
                    Frames = [],
                    ByteTimes = null,
                    Behaviour = null,
                    Duplicates = 0,
                    Streams = null,
                    Carried = flow.Carried.IsEmpty ? [] : [.. flow.Carried.Select(use => use with { Frame = default })],
                },
            };
    }

    /// <summary>A flow with the course of another one.</summary>
    /// <param name="flow">The flow; it keeps what it carried where the other one carried nothing.</param>
    /// <param name="course">The one whose course it gets.</param>
    public static FlowRecord With(FlowRecord flow, FlowRecord course)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(course);
        var own = course.Extras;
        return ReferenceEquals(own, FlowExtras.None)
            ? flow
            : flow with
            {
                Extras = flow.Extras with
                {
                    Frames = own.Frames,
                    ByteTimes = own.ByteTimes,
                    Behaviour = own.Behaviour,
                    Duplicates = own.Duplicates,
                    Streams = own.Streams,
                    Carried = own.Carried.IsEmpty ? flow.Carried : own.Carried,
                },
            };
    }
}
