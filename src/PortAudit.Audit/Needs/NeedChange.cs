namespace PortAudit.Audit.Needs;

/// <summary>What becomes of a need from the first catalog to the second.</summary>
public enum NeedChange
{
    /// <summary>Both ask for the same ports, as urgently.</summary>
    Same,

    /// <summary>Both ask for the same ports, one of them more urgently.</summary>
    Need,

    /// <summary>The second asks for a part of the ports.</summary>
    Narrower,

    /// <summary>The second asks for more ports.</summary>
    Wider,

    /// <summary>Each asks for ports that the other does not, and some are common.</summary>
    Shifted,

    /// <summary>Only the first asks.</summary>
    Gone,

    /// <summary>Only the second asks.</summary>
    New,
}

/// <summary>The names of <see cref="NeedChange"/> in output.</summary>
public static class NeedChangeText
{
    /// <summary>The name in output.</summary>
    public static string ToText(this NeedChange change) => change switch
    {
        NeedChange.Same => "same",
        NeedChange.Need => "need",
        NeedChange.Narrower => "narrower",
        NeedChange.Wider => "wider",
        NeedChange.Shifted => "shifted",
        NeedChange.Gone => "gone",
        NeedChange.New => "new",
    };
}
