namespace PortAudit.Audit.Matching;

/// <summary>What it rests on that a flow arrived or was stopped.</summary>
internal enum ReachBasis
{
    /// <summary>The flow itself: an answer, a refusal, or nothing.</summary>
    FlowAlone,

    /// <summary>Another capture point recorded it too.</summary>
    RecordedBeyond,

    /// <summary>A capture point on the way watched and did not record it.</summary>
    NotRecordedBeyond,

    /// <summary>The responder answered others at that time.</summary>
    AnsweredOthers,
}
