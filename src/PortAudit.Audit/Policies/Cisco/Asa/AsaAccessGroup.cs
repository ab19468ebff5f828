namespace PortAudit.Audit.Policies.Cisco.Asa;

/// <summary>Where an access list is applied.</summary>
internal enum AsaUse
{
    /// <summary>To what enters by an interface.</summary>
    In,

    /// <summary>To what leaves by an interface.</summary>
    Out,

    /// <summary>To what enters by any interface, behind the list of the interface.</summary>
    Global,

    /// <summary>To what is meant for the device itself.</summary>
    ControlPlane,
}

/// <summary>An <c>access-group</c> line.</summary>
/// <param name="List">Name of the list.</param>
/// <param name="Use">Where it is applied.</param>
/// <param name="Interface">Name of the interface; empty for <see cref="AsaUse.Global"/>.</param>
/// <param name="Line">Where it stands.</param>
/// <param name="HasUserLists">True when lists of single users come first (<c>per-user-override</c>).</param>
internal sealed record AsaAccessGroup(string List, AsaUse Use, string Interface, int Line, bool HasUserLists)
{
    /// <summary>Reads <c>access-group LIST in|out interface NAME [per-user-override|control-plane]</c> or
    /// <c>access-group LIST global</c>; null when it is neither.</summary>
    public static AsaAccessGroup? Read(Statement statement)
    {
        var list = statement.Word(1);
        if (statement.Has(2, "global"))
            return new AsaAccessGroup(list, AsaUse.Global, "", statement.Line, HasUserLists: false);
        if (!statement.Has(3, "interface") || statement.Word(4).Length == 0)
            return null;
        var isControlPlane = statement.Has(5, "control-plane");
        var use = (statement.Word(2).ToLowerInvariant(), isControlPlane) switch
        {
            ("in", true) => AsaUse.ControlPlane,
            ("in", false) => AsaUse.In,
            ("out", false) => AsaUse.Out,
            _ => (AsaUse?)null,
        };
        return use is { } known
            ? new AsaAccessGroup(list, known, statement.Word(4), statement.Line, statement.Has(5, "per-user-override"))
            : null;
    }
}
