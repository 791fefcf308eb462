//! What enters and leaves besides pages: workbooks, robots, PDF, attachments.
