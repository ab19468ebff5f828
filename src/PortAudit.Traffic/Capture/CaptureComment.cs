namespace PortAudit.Traffic.Capture;

/// <summary>What a comment of a capture is about.</summary>
public enum CommentSubject
{
    /// <summary>A section of the file, or the whole file.</summary>
    Section,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A frame.</summary>
    Frame,
}

/// <summary>A comment that a capture holds (draft-ietf-opsawg-pcapng §3.5, <c>opt_comment</c>).</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Number">Number of the section, the first is 1; index of the interface; or frame number.</param>
/// <param name="Text">The text as the capture holds it, cut at <see cref="CaptureAnnotations.MaximumCommentLength"/>; escape it before it is shown.</param>
public sealed record CaptureComment(CommentSubject Subject, long Number, string Text);
