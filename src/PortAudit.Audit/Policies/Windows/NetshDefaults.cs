namespace PortAudit.Audit.Policies.Windows;

/// <summary>Default actions as netsh writes them in every language: <c>BlockInbound,AllowOutbound</c>.</summary>
internal static class NetshDefaults
{
    /// <summary>Takes them over; false when a word is unknown.</summary>
    public static bool Apply(ProfileSettings profile, string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            switch (WindowsWords.Fold(word))
            {
                case "blockinbound":
                    (profile.AllowsInbound, profile.UsesInboundRules) = (false, true);
                    break;
                case "blockinboundalways":
                    (profile.AllowsInbound, profile.UsesInboundRules) = (false, false);
                    break;
                case "allowinbound":
                    (profile.AllowsInbound, profile.UsesInboundRules) = (true, true);
                    break;
                case "allowoutbound":
                    profile.AllowsOutbound = true;
                    break;
                case "blockoutbound":
                    profile.AllowsOutbound = false;
                    break;
                case "notconfigured":
                    break;
                default:
                    return false;
            }
        }

        return words.Length > 0;
    }
}
